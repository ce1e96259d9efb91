using LibraryPortal.Domain.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Configurations;

internal sealed class ReportExportConfiguration : IEntityTypeConfiguration<ReportExport>
{
    public void Configure(EntityTypeBuilder<ReportExport> builder)
    {
        builder.Property(export => export.Id).ValueGeneratedNever();
        builder.Property(export => export.Kind).HasConversion<string>().HasMaxLength(32);
        builder.Property(export => export.Format).HasConversion<string>().HasMaxLength(8);
        builder.Property(export => export.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(export => export.Filter).HasMaxLength(64);
        builder.Property(export => export.FileName).HasMaxLength(200);
        builder.Property(export => export.StoredName).HasMaxLength(200);
        builder.Property(export => export.Sha256).HasMaxLength(64);
        builder.Property(export => export.Error).HasMaxLength(2_000);

        // Two clicks at once must not make two exports: the database refuses the second while the first waits or runs.
        builder.HasIndex(export => new { export.OwnerId, export.Kind, export.Format, export.Filter })
            .IsUnique().HasFilter("\"State\" IN ('Queued', 'Running')").HasDatabaseName("IX_ReportExports_OneActive");
        builder.HasIndex(export => new { export.OwnerId, export.RequestedAt });
        builder.HasIndex(export => export.JobId);
        builder.HasIndex(export => new { export.State, export.ExpiresAt });
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(export => export.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}
