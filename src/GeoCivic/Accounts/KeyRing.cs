using System.Xml.Linq;
using GeoCivic.Database;
using GeoCivic.Http;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace GeoCivic.Accounts;

/// <summary>Keeps the keys that seal cookies in the database, so that a restart or a second process signs nobody out.</summary>
public sealed class KeyRing(NpgsqlDataSource source) : IXmlRepository
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = source.CreateCommand(Sql.Load("Accounts/list_keys.sql"));
        using var rows = command.ExecuteReader();
        var keys = new List<XElement>();
        while (rows.Read())
        {
            keys.Add(XElement.Parse(rows.GetString(0)));
        }

        return keys;
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = source
            .CreateCommand(Sql.Load("Accounts/add_key.sql"))
            .With("name", friendlyName)
            .With("xml", element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}
