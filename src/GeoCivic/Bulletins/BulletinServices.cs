namespace GeoCivic.Bulletins;

/// <summary>Registers what bulletins need.</summary>
public static class BulletinServices
{
    /// <summary>Adds the book of bulletins.</summary>
    public static IServiceCollection AddBulletins(this IServiceCollection services) =>
        services.AddSingleton<BulletinBook>();
}
