using GeoCivic.Database;

namespace GeoCivic.Imports;

/// <content>Records that are kept in versions: people and duties.</content>
internal sealed partial class ImportSql
{
    /// <summary>Checks records that are kept in versions, and enters them one by one in the order of the file.</summary>
    public async Task<Counts> ApplyVersionsAsync(bool[] seen, CancellationToken cancellationToken)
    {
        await RunAsync(Sql.Load("Imports/versions_resolve.sql"), cancellationToken);
        if (ReferenceEquals(_dataset, Datasets.Duties))
        {
            await RunAsync(Sql.Load("Imports/versions_check_duties.sql"), cancellationToken);
        }

        var refused = await TakeRefusedAsync(cancellationToken);
        var (put, latest) = _dataset.Versions!.Value;
        // The columns of the table in its order; a field that the file does not have keeps its value.
        var area = seen[IndexOf(_dataset, "area")] || seen[IndexOf(_dataset, "level")];
        var values = VersionColumns(_dataset)
            .Select(c =>
                c is "level" or "area_code" ? (area ? $"s.{c}" : $"o.{c}")
                : seen[IndexOf(_dataset, _dataset.Fields.First(f => f.Column == c).Name)] ? $"s.{c}"
                : $"o.{c}"
            );
        await RunAsync(
            Template(
                "versions_apply",
                ("put", put),
                ("table", _dataset.Table),
                ("latest", latest),
                ("values", string.Join(", ", values))
            ),
            cancellationToken
        );
        refused.AddRange(await TakeRefusedAsync(cancellationToken));
        async Task<long> CountAsync(string outcome) =>
            await ScalarAsync(
                $"SELECT count(*) FROM outcomes WHERE outcome = '{outcome}'",
                cancellationToken
            );
        return new Counts(
            await CountAsync("added"),
            await CountAsync("changed"),
            await CountAsync("unchanged"),
            refused
        );
    }

    /// <summary>The columns between the code and the validity, in the order of the tables.</summary>
    private static string[] VersionColumns(Dataset dataset) =>
        ReferenceEquals(dataset, Datasets.Duties)
            ? ["name", "category", "level", "area_code", "body_code", "role", "leader_role"]
            : ["name", "role", "level", "area_code", "building", "unit"];
}
