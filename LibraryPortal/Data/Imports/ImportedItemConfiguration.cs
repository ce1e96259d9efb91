using LibraryPortal.Domain.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Imports;

internal sealed class ImportedItemConfiguration : IEntityTypeConfiguration<ImportedItem>
{
    public void Configure(EntityTypeBuilder<ImportedItem> builder)
    {
        builder.ToTable("ImportedItems");
        builder.Property(item => item.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(item => item.Key).HasMaxLength(64);
        builder.Property(item => item.Fingerprint).HasMaxLength(64);
        builder.HasOne<ImportBatch>().WithMany().HasForeignKey(item => item.ImportId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(item => new { item.ImportId, item.Id });
        builder.HasIndex(item => item.Key);
        builder.HasIndex(item => item.Fingerprint).HasFilter("\"Fingerprint\" IS NOT NULL");
    }
}
