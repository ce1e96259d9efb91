using LibraryPortal.Domain.Patrons;
using LibraryPortal.Domain.Policies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Configurations;

internal sealed class LendingPolicyConfiguration : IEntityTypeConfiguration<LendingPolicy>
{
    public void Configure(EntityTypeBuilder<LendingPolicy> builder)
    {
        builder.HasKey(policy => policy.Category);
        builder.Property(policy => policy.Category).HasMaxLength(PatronProfile.MaxCategory);
        builder.HasData(PolicyDefaults.All);
    }
}
