using GeoCivic.Imports.Reading;
using static GeoCivic.Imports.CommonFields;

namespace GeoCivic.Imports;

/// <summary>The datasets of the contract. Table and column names in SQL come from here and from nowhere else.</summary>
public static class Datasets
{
    private static readonly Field Building = new(
        "building",
        "building",
        FieldKind.Text,
        false,
        "楼栋",
        "栋"
    )
    {
        MaxLength = 100,
    };

    /// <summary>Streets (街道).</summary>
    public static readonly Dataset Streets = new(
        "streets",
        "area_versions",
        GeometryKinds.AnyArea,
        [Code, Name, ValidFrom, ValidUntil]
    )
    {
        AreaLevel = "street",
    };

    /// <summary>Communities (社区).</summary>
    public static readonly Dataset Communities = new(
        "communities",
        "area_versions",
        GeometryKinds.AnyArea,
        [Code, Name, ValidFrom, ValidUntil]
    )
    {
        AreaLevel = "community",
    };

    /// <summary>Grids (网格).</summary>
    public static readonly Dataset Grids = new(
        "grids",
        "area_versions",
        GeometryKinds.AnyArea,
        [
            Code,
            Name,
            new(
                "community",
                "parent_code",
                FieldKind.Code,
                false,
                "社区",
                "社区编码",
                "所属社区",
                "parent"
            ),
            ValidFrom,
            ValidUntil,
        ]
    )
    {
        AreaLevel = "grid",
    };

    /// <summary>Evaluation points (点位).</summary>
    public static readonly Dataset Points = new(
        "points",
        "points",
        GeometryKinds.Point | GeometryKinds.AnyLine | GeometryKinds.AnyArea,
        [
            Code,
            Name,
            new("type", "type", FieldKind.OpenList, true, "类型", "点位类型", "类别")
            {
                ListTable = "point_types",
            },
            Building,
            new("floor", "floor", FieldKind.Text, false, "楼层") { MaxLength = 20 },
            new("sub_place", "sub_place", FieldKind.OpenList, false, "部位", "三道三台")
            {
                ListTable = "sub_places",
            },
        ]
    )
    {
        Placed = true,
        SharesTable = "point_grids",
    };

    /// <summary>Schools (学校).</summary>
    public static readonly Dataset Schools = new(
        "schools",
        "schools",
        GeometryKinds.Point | GeometryKinds.AnyArea,
        [
            Code,
            Name,
            new("kind", "kind", FieldKind.Choice, true, "类型", "办学类型", "学段")
            {
                Values = new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    ["kindergarten"] = ["幼儿园", "preschool"],
                    ["primary"] = ["小学", "primary_school", "elementary"],
                    ["secondary"] = ["中学", "初中", "高中", "secondary_school", "middle", "high"],
                    ["vocational"] = ["职业学校", "中职", "职高"],
                    ["special"] = ["特殊教育", "特殊教育学校", "特教"],
                },
            },
            Accuracy,
            EnteredDatum,
        ]
    )
    {
        Placed = true,
        SharesTable = "school_grids",
    };

    /// <summary>School gates (校门).</summary>
    public static readonly Dataset Gates = new(
        "gates",
        "gates",
        GeometryKinds.Point,
        [
            Code,
            OptionalName,
            new("school", "school_code", FieldKind.Code, true, "学校", "学校编码", "所属学校"),
            new("main", "is_main", FieldKind.YesNo, false, "正门", "是否正门"),
            Accuracy,
            EnteredDatum,
        ]
    );

    /// <summary>Venues (经营场所).</summary>
    public static readonly Dataset Venues = new(
        "venues",
        "venues",
        GeometryKinds.Point | GeometryKinds.AnyArea,
        [
            Code,
            Name,
            new("category", "category", FieldKind.OpenList, true, "类别", "经营类别", "类型")
            {
                ListTable = "venue_categories",
            },
            new("licensed_from", "licensed_from", FieldKind.Date, false, "许可起始", "发证日期"),
            new("licensed_until", "licensed_until", FieldKind.Date, false, "许可截止", "有效期至"),
            Accuracy,
            EnteredDatum,
        ]
    )
    {
        Placed = true,
        SharesTable = "venue_grids",
    };

    /// <summary>Issues (问题).</summary>
    public static readonly Dataset Issues = new(
        "issues",
        "issues",
        GeometryKinds.Point,
        [
            Code,
            OptionalName,
            new("category", "category", FieldKind.OpenList, true, "类别", "问题类别", "问题类型")
            {
                ListTable = "issue_categories",
            },
            new("found_at", "found_at", FieldKind.Instant, true, "发现时间", "上报时间"),
            new("state", "state", FieldKind.State, false, "状态", "办理状态"),
            new("closed_at", "closed_at", FieldKind.Instant, false, "办结时间", "销号时间"),
            new("description", "description", FieldKind.Text, false, "描述", "问题描述")
            {
                MaxLength = 4000,
            },
            new("point", "point_code", FieldKind.Code, false, "点位", "点位编码"),
        ]
    )
    {
        Placed = true,
        KeyColumn = "id",
    };

    /// <summary>The map's own base: river, roads, rail, parks.</summary>
    public static readonly Dataset Base = new(
        "base",
        "base_features",
        GeometryKinds.Point | GeometryKinds.AnyLine | GeometryKinds.AnyArea,
        [
            Code,
            OptionalName,
            new("kind", "kind", FieldKind.Text, true, "类型", "fclass") { MaxLength = 64 },
        ]
    );

    /// <summary>Ways that people walk on (步行路网).</summary>
    public static Dataset Ways => WayDataset.Ways;

    /// <summary>Responsible bodies (责任单位).</summary>
    public static Dataset Bodies => OwnershipDatasets.Bodies;

    /// <summary>People on grids (网格长、楼栋长…): posts with their titles.</summary>
    public static Dataset People => OwnershipDatasets.People;

    /// <summary>Duties (职责): which body answers for a category in an area.</summary>
    public static Dataset Duties => OwnershipDatasets.Duties;

    /// <summary>All datasets in the order in which a street is built up.</summary>
    public static readonly IReadOnlyList<Dataset> All =
    [
        Streets,
        Communities,
        Grids,
        Points,
        Schools,
        Gates,
        Venues,
        Issues,
        Base,
        Ways,
        Bodies,
        People,
        Duties,
    ];

    /// <summary>Datasets whose records are placed.</summary>
    public static readonly IReadOnlyList<Dataset> AllPlaced = [.. All.Where(d => d.Placed)];

    /// <summary>The dataset with that name, or null.</summary>
    public static Dataset? Find(string name) =>
        All.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.Ordinal));
}
