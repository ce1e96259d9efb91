using LibraryPortal.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.JobEffects;

internal sealed class JobEffectConfiguration : IEntityTypeConfiguration<JobEffect>
{
    public void Configure(EntityTypeBuilder<JobEffect> builder)
    {
        builder.ToTable("JobEffects");
        builder.HasKey(effect => effect.JobId);
        builder.Property(effect => effect.JobId).HasConversion(id => id.Value, value => new JobId(value));
        builder.HasIndex(effect => effect.At);
    }
}
