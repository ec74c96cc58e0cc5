namespace GeoCivic.Imports;

/// <summary>Fields that many datasets have.</summary>
internal static class CommonFields
{
    /// <summary>The stable external id.</summary>
    public static readonly Field Code = new(
        "code",
        "code",
        FieldKind.Code,
        true,
        "编码",
        "编号",
        "代码",
        "标识码",
        "id"
    );

    /// <summary>The name, required.</summary>
    public static readonly Field Name = new(
        "name",
        "name",
        FieldKind.Text,
        true,
        "名称",
        "点位名称",
        "title"
    )
    {
        MaxLength = 200,
    };

    /// <summary>The name where there may be none.</summary>
    public static readonly Field OptionalName = Name with { Required = false };

    /// <summary>First day of a boundary.</summary>
    public static readonly Field ValidFrom = new(
        "valid_from",
        "valid_from",
        FieldKind.Date,
        false,
        "生效日期",
        "启用日期"
    );

    /// <summary>The day on which a boundary ends.</summary>
    public static readonly Field ValidUntil = new(
        "valid_until",
        "valid_until",
        FieldKind.Date,
        false,
        "失效日期",
        "停用日期"
    );

    /// <summary>Accuracy class of the place; empty is "not declared".</summary>
    public static readonly Field Accuracy = new(
        "accuracy",
        "accuracy",
        FieldKind.Choice,
        false,
        "精度",
        "精度等级"
    )
    {
        Values = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["A"] = ["A级", "A类"],
            ["B"] = ["B级", "B类"],
            ["C"] = ["C级", "C类"],
            ["D"] = ["D级", "D类"],
        },
    };

    /// <summary>
    /// Coordinate system in which the place was entered. Coordinates are kept in WGS-84 whatever it says; an export is in
    /// WGS-84 and carries the label along.
    /// </summary>
    public static readonly Field EnteredDatum = new(
        "datum",
        "datum",
        FieldKind.Datum,
        false,
        "录入坐标系"
    );
}
