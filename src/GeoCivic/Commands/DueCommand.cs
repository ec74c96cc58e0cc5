using System.CommandLine;
using System.Globalization;
using System.Text;
using GeoCivic.Database;
using GeoCivic.Spatial.Calendar;

namespace GeoCivic.Commands;

/// <summary><c>geocivic due --working-days N --from DATE|-</c>: needs no database.</summary>
public static class DueCommand
{
    // A file of nothing but mistakes should not bury the first of them.
    private const int MostMessages = 20;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var days = new Option<int>("--working-days")
        {
            Description =
                "Working days after the day, 0 or more; the first working day after it is 1.",
            Required = true,
        };
        days.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.Tokens[0].Value.StartsWith('-'))
            {
                result.AddError("--working-days is 0 or more.");
            }
        });
        var from = new Option<string>("--from")
        {
            Description = "The day, yyyy-MM-dd; - reads days from standard input, one a line.",
            Required = true,
        };
        var explain = new Option<bool>("--explain")
        {
            Description = "Adds which days were skipped and why, in Chinese and English.",
        };
        var command = new Command("due", "The deadline that many working days after a day.")
        {
            days,
            from,
            explain,
        };
        command.SetAction(parsed =>
        {
            using var file = new StreamReader(
                Path.Combine(AppPaths.Data, "calendar", "cn-working-days.csv")
            );
            var due = new Due(
                CalendarTable.Read(file),
                parsed.GetValue(days),
                parsed.GetValue(explain)
            );
            var text = parsed.GetRequiredValue(from);
            using var output = new StreamWriter(
                Console.OpenStandardOutput(),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
            );
            if (text != "-")
            {
                return due.Answer(new StringReader(text), output, Console.Error, named: false);
            }

            using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
            return due.Answer(input, output, Console.Error, named: true);
        });
        return command;
    }

    /// <summary>Answers days one a line.</summary>
    internal sealed class Due(WorkingCalendar calendar, int days, bool explain)
    {
        private readonly DeadlineClock _clock = new(
            new WorkingClock(calendar, WorkingHours.Default)
        );

        /// <summary>
        /// Reads a day a line and writes its deadline a line. A line without an answer gives an empty line, so that
        /// answers stay beside their questions, and a message.
        /// </summary>
        internal int Answer(TextReader input, TextWriter output, TextWriter errors, bool named)
        {
            var (line, wrong) = (0, 0);
            while (input.ReadLine() is { } text)
            {
                line++;
                var (answer, reason) = Answer(text.Trim());
                if (answer is null && ++wrong <= MostMessages)
                {
                    errors.WriteLine($"geocivic: {(named ? $"line {line}: " : "")}{reason}");
                }

                if (answer is not null || named)
                {
                    output.WriteLine(answer);
                }
            }

            if (wrong > MostMessages)
            {
                errors.WriteLine(
                    $"geocivic: and {wrong - MostMessages} more lines without an answer"
                );
            }

            if (line == 0)
            {
                errors.WriteLine("geocivic: no day was given");
            }

            return wrong > 0 || line == 0 ? CommandRunner.Failed : 0;
        }

        private (string? Answer, string Reason) Answer(string text)
        {
            if (!CalendarTable.TryReadDay(text, out var day))
            {
                return (null, $"\"{text}\" is not a day as yyyy-MM-dd");
            }

            try
            {
                var due = calendar
                    .AddWorkingDays(day, days)
                    .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                if (!explain || days == 0)
                {
                    return (due, "");
                }

                var why = _clock
                    .Start(WorkingClock.StartOf(day), days, DeadlineUnit.WorkingDay)
                    .Explanation;
                return ($"{due}\t{why.Zh}\t{why.En}", "");
            }
            catch (CalendarYearMissingException e)
            {
                return (null, $"{text}: {e.Message}");
            }
        }
    }
}
