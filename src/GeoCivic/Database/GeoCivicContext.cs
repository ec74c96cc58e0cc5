using Microsoft.EntityFrameworkCore;

namespace GeoCivic.Database;

/// <summary>Entity lifecycle and short look-ups. Everything set-based is an embedded SQL file.</summary>
public sealed class GeoCivicContext(DbContextOptions<GeoCivicContext> options) : DbContext(options)
{
    /// <summary>The tenants.</summary>
    public DbSet<Street> Streets => Set<Street>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var street = modelBuilder.Entity<Street>();
        street.ToTable("streets").HasKey(s => s.Code);
        street.Property(s => s.Code).HasColumnName("street_code");
        street.Property(s => s.Name).HasColumnName("name");
        street.Property(s => s.AreasRevision).HasColumnName("areas_revision").ValueGeneratedOnAdd();
        street.Property(s => s.CreatedAt).HasColumnName("created_at").ValueGeneratedOnAdd();
    }
}

/// <summary>A sub-district office (街道办): the tenant that every record belongs to.</summary>
public sealed class Street
{
    /// <summary>Nine digits in China, free text elsewhere.</summary>
    public required string Code { get; init; }

    /// <summary>Name as people know it.</summary>
    public required string Name { get; set; }

    /// <summary>Grows with every boundary change.</summary>
    public long AreasRevision { get; private set; }

    /// <summary>When the street was added.</summary>
    public DateTime CreatedAt { get; private set; }
}
