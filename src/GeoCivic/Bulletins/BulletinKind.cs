namespace GeoCivic.Bulletins;

/// <summary>The kinds of bulletins.</summary>
internal static class BulletinKind
{
    /// <summary>周通报.</summary>
    public const string Weekly = "weekly";

    /// <summary>半月报.</summary>
    public const string HalfMonthly = "half_monthly";

    /// <summary>月评等次.</summary>
    public const string Monthly = "monthly";

    /// <summary>Their codes.</summary>
    public static readonly string[] All = [Weekly, HalfMonthly, Monthly];

    /// <summary>What stands for the kind in a number.</summary>
    public static string Mark(string kind) =>
        kind switch
        {
            Weekly => "周通报",
            HalfMonthly => "半月报",
            _ => "月通报",
        };

    /// <summary>The title of a street's bulletin.</summary>
    public static string Title(string kind, string street) =>
        kind switch
        {
            Weekly => $"{street}文明城区创建工作周通报",
            HalfMonthly => $"{street}文明城区创建工作半月报（评定等次）",
            _ => $"{street}文明城区创建工作月通报（评定等次）",
        };

    /// <summary>Whether it gives grades, beside the ranks that every kind gives.</summary>
    public static bool Grades(string kind) => kind != Weekly;
}
