namespace GeoCivic.Browser.Tests.Running;

/// <summary>What a thumb can hit: 44 pixels at least (interface guidelines; WCAG 2.2, 2.5.5).</summary>
public static class Thumb
{
    /// <summary>Everything one can touch.</summary>
    public const string Anything =
        "button, select, input, textarea, summary, [role=button], [role=tab], tr[tabindex]";

    /// <summary>The visible elements that are smaller, one line each; a check box counts with its label.</summary>
    /// <param name="page">As it stands.</param>
    /// <param name="selector">Which elements.</param>
    public static Task<string[]> MissesAsync(IPage page, string selector = Anything) =>
        page.EvaluateAsync<string[]>(
            """
            (selector) => [...document.querySelectorAll(selector)].flatMap((element) => {
              const target = element.matches('input[type=checkbox]') ? element.closest('label') : element;
              const { width, height } = target.getBoundingClientRect();
              return element.checkVisibility() && width > 0 && (width < 43.5 || height < 43.5)
                ? [`${element.tagName} ${element.className} ${element.textContent} ${width}x${height}`] : [];
            })
            """,
            selector
        );
}
