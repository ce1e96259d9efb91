using LibraryPortal.Domain.Calendar;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Configurations;

internal sealed class ClosureConfiguration : IEntityTypeConfiguration<Closure>
{
    public void Configure(EntityTypeBuilder<Closure> builder)
    {
        builder.Property(closure => closure.Id).ValueGeneratedNever();
        builder.Property(closure => closure.First);
        builder.Property(closure => closure.Last);
        builder.Property(closure => closure.Name).HasMaxLength(Closure.MaxName);
        builder.HasIndex(closure => closure.Last);
    }
}
