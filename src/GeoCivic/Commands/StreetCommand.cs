using System.CommandLine;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Imports.Reading;
using Microsoft.EntityFrameworkCore;

namespace GeoCivic.Commands;

/// <summary><c>geocivic street add CODE NAME</c> and <c>geocivic street list</c>.</summary>
public static class StreetCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var code = new Argument<string>("code")
        {
            Description = "Nine digits in China, free text elsewhere.",
        };
        var name = new Argument<string>("name") { Description = "Name as people know it." };
        var add = new Command("add", "Adds a street, or gives it a new name.") { code, name };
        add.SetAction(
            async (parsed, cancellationToken) =>
                await AddAsync(
                    parsed.GetRequiredValue(code),
                    parsed.GetRequiredValue(name),
                    cancellationToken
                )
        );
        var list = new Command("list", "Lists the streets.");
        list.SetAction(
            async (_, cancellationToken) =>
            {
                await using var context = Context();
                await foreach (
                    var street in context
                        .Streets.AsNoTracking()
                        .OrderBy(s => s.Code)
                        .AsAsyncEnumerable()
                        .WithCancellation(cancellationToken)
                )
                {
                    Console.WriteLine($"{street.Code}\t{street.Name}");
                }

                return 0;
            }
        );
        return new Command("street", "Streets (街道), the tenants of the service.") { add, list };
    }

    private static async Task<int> AddAsync(
        string codeText,
        string nameText,
        CancellationToken cancellationToken
    )
    {
        if (!StrictCode.TryParse(codeText, out var code, out var reason))
        {
            throw new ProblemException(Problems.InvalidParameter, $"The code {reason}.");
        }

        if (code == "*" || code.Contains('/', StringComparison.Ordinal))
        {
            throw new ProblemException(
                Problems.InvalidParameter,
                "The code of a street holds no slash and is not *."
            );
        }

        if (!StrictText.TryClean(nameText, 200, out var name, out reason) || name is null)
        {
            throw new ProblemException(
                Problems.InvalidParameter,
                $"The name {reason ?? "is empty"}."
            );
        }

        if (code.All(char.IsAsciiDigit) && code.Length is > 3 and not 6 and not 9)
        {
            Console.Error.WriteLine(
                $"geocivic: note: '{code}' has {code.Length} digits; a Chinese street's code has 9. It is taken as free text."
            );
        }

        await using var context = Context();
        var street = await context.Streets.FindAsync([code], cancellationToken);
        if (street is null)
        {
            context.Streets.Add(new Street { Code = code, Name = name });
        }
        else
        {
            street.Name = name;
        }

        await context.SaveChangesAsync(cancellationToken);
        Console.WriteLine(
            street is null
                ? $"Added street {code} {name}."
                : $"Street {code} is there; its name is {name}."
        );
        return 0;
    }

    private static GeoCivicContext Context() =>
        new(
            new DbContextOptionsBuilder<GeoCivicContext>()
                .UseNpgsql(CommandRunner.ConnectionString())
                .Options
        );
}
