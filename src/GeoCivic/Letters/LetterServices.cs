using GeoCivic.Issues;

namespace GeoCivic.Letters;

/// <summary>Registers what letters need.</summary>
public static class LetterServices
{
    /// <summary>Adds the letter book, the letterheads and the reminders.</summary>
    public static IServiceCollection AddLetters(this IServiceCollection services) =>
        services
            .AddSingleton<ILetterBook, LetterBook>()
            .AddSingleton<LetterTemplates>()
            .AddSingleton<Reminders>();
}
