using GeoCivic.Imports.Reading;
using static GeoCivic.Imports.CommonFields;

namespace GeoCivic.Imports;

/// <summary>Who answers: bodies, people and duties. They have an area and no place; people and duties are kept in versions.</summary>
internal static class OwnershipDatasets
{
    private static readonly Field Area = new(
        "area",
        "area_code",
        FieldKind.Code,
        false,
        "范围",
        "区域",
        "网格",
        "社区",
        "责任区域"
    );
    private static readonly Field Level = new(
        "level",
        "level",
        FieldKind.Choice,
        false,
        "层级",
        "级别"
    )
    {
        Values = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["street"] = ["街道"],
            ["community"] = ["社区"],
            ["grid"] = ["网格"],
        },
    };
    private static readonly Field From = new(
        "from",
        "valid_from",
        FieldKind.Date,
        false,
        "valid_from",
        "起",
        "生效日期",
        "开始日期"
    );

    // The last day, included, as people write it.
    private static readonly Field To = new(
        "to",
        "valid_to",
        FieldKind.Date,
        false,
        "valid_to",
        "止",
        "截止日期",
        "结束日期"
    );

    /// <summary>Responsible bodies (责任单位).</summary>
    public static readonly Dataset Bodies = new(
        "bodies",
        "bodies",
        GeometryKinds.None,
        [
            Code,
            Name,
            new("kind", "kind", FieldKind.OpenList, true, "类型", "单位类型", "性质")
            {
                ListTable = "body_kinds",
            },
        ]
    );

    /// <summary>People on grids (网格长、楼栋长…): posts with their titles.</summary>
    public static readonly Dataset People = new(
        "people",
        "people",
        GeometryKinds.None,
        [
            Code,
            Name,
            new("role", "role", FieldKind.OpenList, true, "角色", "职务", "身份")
            {
                ListTable = "people_roles",
            },
            Area,
            Level,
            new("building", "building", FieldKind.Text, false, "楼栋", "栋") { MaxLength = 100 },
            new("unit", "unit", FieldKind.Text, false, "单元") { MaxLength = 40 },
            From,
            To,
        ]
    )
    {
        Versions = ("put_person", "latest_people"),
    };

    /// <summary>Duties (职责): which body answers for a category in an area.</summary>
    public static readonly Dataset Duties = new(
        "duties",
        "duties",
        GeometryKinds.None,
        [
            Code,
            OptionalName,
            new("category", "category", FieldKind.OpenList, false, "类别", "问题类别", "问题类型")
            {
                ListTable = "issue_categories",
            },
            Area,
            Level,
            new("body", "body_code", FieldKind.Code, true, "单位", "责任单位", "责任部门"),
            new("role", "role", FieldKind.Choice, true, "角色", "责任")
            {
                Values = new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    ["lead"] = ["牵头", "牵头单位", "主办"],
                    ["cooperating"] = ["配合", "配合单位", "协办"],
                },
            },
            new("leader_role", "leader_role", FieldKind.Text, false, "责任领导", "领导")
            {
                MaxLength = 100,
            },
            From,
            To,
        ]
    )
    {
        Versions = ("put_duty", "latest_duties"),
    };
}
