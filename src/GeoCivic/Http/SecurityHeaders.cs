using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GeoCivic.Database;
using Microsoft.Extensions.Options;

namespace GeoCivic.Http;

/// <summary>Headers on every answer. Scripts come from this service only; the page's one inline block, the import map, by its hash.</summary>
public static partial class SecurityHeaders
{
    /// <summary>Adds the headers.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var tiles = string.Join(
            ' ',
            app.Services.GetRequiredService<IOptions<BaseMap>>().Value.Origins()
        );
        var policy =
            $"default-src 'none'; script-src 'self' {ImportMapHash()}; style-src 'self'; img-src 'self' data: {tiles}; "
            + "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
        app.Use(
            (context, next) =>
            {
                // As the answer starts: the exception handler clears what was set before.
                context.Response.OnStarting(() =>
                {
                    var headers = context.Response.Headers;
                    headers.ContentSecurityPolicy = policy;
                    headers.XContentTypeOptions = "nosniff";
                    headers["Referrer-Policy"] = "no-referrer";
                    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self)";
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );
    }

    private static string ImportMapHash()
    {
        var index = Path.Combine(AppPaths.WebRoot, "index.html");
        if (
            !File.Exists(index)
            || ImportMap().Match(File.ReadAllText(index)) is not { Success: true } match
        )
        {
            return "";
        }

        // Browsers hash the text with line ends as the parser normalises them.
        var text = match.Groups["map"].Value.ReplaceLineEndings("\n");
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
    }

    [GeneratedRegex(
        "<script type=\"importmap\">(?<map>.*?)</script>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex ImportMap();
}
