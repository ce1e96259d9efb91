using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.JobHistory;

internal sealed class JobHistoryEntryConfiguration : IEntityTypeConfiguration<JobHistoryEntry>
{
    public void Configure(EntityTypeBuilder<JobHistoryEntry> builder)
    {
        builder.ToTable("JobHistory");
        builder.Property(entry => entry.Name).HasMaxLength(100);
        builder.Property(entry => entry.State).HasMaxLength(16);
        builder.Property(entry => entry.Owner).HasMaxLength(200);
        builder.Property(entry => entry.Worker).HasMaxLength(200);
        // What keeps a batch that comes twice from doubling anything.
        builder.HasIndex(entry => new { entry.JobId, entry.FinishedAt }).IsUnique();
        builder.HasIndex(entry => entry.FinishedAt);
        builder.HasIndex(entry => new { entry.Name, entry.FinishedAt });
        builder.HasIndex(entry => new { entry.State, entry.FinishedAt });
        builder.HasIndex(entry => new { entry.Owner, entry.FinishedAt });
        builder.HasIndex(entry => entry.DurationMs);
    }
}
