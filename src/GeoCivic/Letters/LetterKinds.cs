namespace GeoCivic.Letters;

/// <summary>The three letters (三函).</summary>
internal static class LetterKinds
{
    /// <summary>Their codes.</summary>
    public static readonly string[] All = ["notice", "reply", "reminder"];

    /// <summary>The title on the letter.</summary>
    public static string Title(string kind) =>
        kind switch
        {
            "notice" => "问题通知函",
            "reply" => "部门答复函",
            _ => "工作提示函",
        };

    /// <summary>What stands for the kind in a number.</summary>
    public static string Mark(string kind) =>
        kind switch
        {
            "notice" => "问函",
            "reply" => "答函",
            _ => "提函",
        };
}
