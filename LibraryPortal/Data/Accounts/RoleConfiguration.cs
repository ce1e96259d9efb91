using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Accounts;

/// <summary>The three roles arrive with the schema, so no start has to make them. The names are those of <c>Identity.Roles</c>; a test compares them.</summary>
internal sealed class RoleConfiguration : IEntityTypeConfiguration<IdentityRole>
{
    public void Configure(EntityTypeBuilder<IdentityRole> builder) =>
        builder.HasData(Role("patron", "Patron"), Role("librarian", "Librarian"), Role("admin", "Admin"));

    // Ids and stamps are fixed: generated ones would make every migration differ.
    static IdentityRole Role(string id, string name) =>
        new(name) { Id = id, NormalizedName = name.ToUpperInvariant(), ConcurrencyStamp = id };
}
