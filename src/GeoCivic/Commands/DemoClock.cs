namespace GeoCivic.Commands;

/// <summary>A clock that is put where a demo story is.</summary>
internal sealed class DemoClock : TimeProvider
{
    /// <summary>Its time.</summary>
    public DateTimeOffset Now { get; set; }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => Now;
}
