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
}
