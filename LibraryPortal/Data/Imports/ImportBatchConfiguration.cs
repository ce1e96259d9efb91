using LibraryPortal.Data.Configurations;
using LibraryPortal.Domain.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Imports;

internal sealed class ImportBatchConfiguration : IEntityTypeConfiguration<ImportBatch>
{
    public void Configure(EntityTypeBuilder<ImportBatch> builder)
    {
        builder.ToTable("Imports");
        builder.Property(batch => batch.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(batch => batch.Format).HasConversion<string>().HasMaxLength(16);
        builder.Property(batch => batch.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(batch => batch.FileName).HasMaxLength(ImportBatch.MaxFileName);
        builder.Property(batch => batch.StoredName).HasMaxLength(80);
        builder.Property(batch => batch.Sha256).HasMaxLength(64);
        builder.Property(batch => batch.Encoding).HasMaxLength(40);
        builder.Property(batch => batch.Delimiter).HasMaxLength(4);
        builder.Property(batch => batch.Heading).HasConversion(new JsonListConverter<string>(), new JsonListComparer<string>());
        builder.Property(batch => batch.Mapping).HasConversion(new JsonListConverter<string>(), new JsonListComparer<string>());
        builder.Property(batch => batch.HeadingKey).HasMaxLength(64);
        builder.Property(batch => batch.Shelf).HasMaxLength(60);
        builder.Property(batch => batch.Error).HasMaxLength(ImportBatch.MaxError);
        builder.Property(batch => batch.CreatedByName).HasMaxLength(300);
        builder.ComplexProperty(batch => batch.Counts);
        builder.HasIndex(batch => new { batch.HeadingKey, batch.Kind });
        builder.HasIndex(batch => batch.Sha256);
        builder.HasIndex(batch => batch.State);
    }
}
