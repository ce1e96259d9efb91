using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Data.Accounts;

/// <summary>Which version of the framework's account tables the schema has.</summary>
internal static class IdentitySchema
{
    static readonly Lazy<IServiceProvider> Lone = new(() => new ServiceCollection().UseIdentitySchema().BuildServiceProvider());

    /// <summary>For a context that is made without services.</summary>
    public static IServiceProvider Services => Lone.Value;

    public static IServiceCollection UseIdentitySchema(this IServiceCollection services) =>
        services.Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
}
