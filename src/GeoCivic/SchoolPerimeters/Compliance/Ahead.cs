namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>
/// A sequence whose first element is fetched at once, so that a refusal comes as a problem and not in the middle of an
/// answer that has begun.
/// </summary>
internal sealed class Ahead<T>(IAsyncEnumerator<T> rows, bool any) : IAsyncDisposable
{
    /// <summary>All of it, once.</summary>
    public async IAsyncEnumerable<T> Rows()
    {
        for (var more = any; more; more = await rows.MoveNextAsync())
        {
            yield return rows.Current;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => rows.DisposeAsync();
}

/// <summary>Makes <see cref="Ahead{T}"/>.</summary>
internal static class Ahead
{
    /// <summary>Fetches the first element.</summary>
    public static async Task<Ahead<T>> OfAsync<T>(
        IAsyncEnumerable<T> rows,
        CancellationToken cancellationToken
    )
    {
        var enumerator = rows.GetAsyncEnumerator(cancellationToken);
        return new Ahead<T>(enumerator, await enumerator.MoveNextAsync());
    }
}
