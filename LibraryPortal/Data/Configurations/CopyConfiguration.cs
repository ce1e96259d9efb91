using LibraryPortal.Data.Imports;
using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Configurations;

internal sealed class CopyConfiguration : IEntityTypeConfiguration<Copy>
{
    public void Configure(EntityTypeBuilder<Copy> builder)
    {
        builder.Property(copy => copy.Id).ValueGeneratedNever();
        builder.Property(copy => copy.Barcode).HasMaxLength(Copy.MaxBarcode);
        builder.Property(copy => copy.Shelf).HasMaxLength(Copy.MaxShelf);
        builder.Property(copy => copy.Note).HasMaxLength(Copy.MaxNote);
        builder.Property(copy => copy.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(copy => copy.Version).IsConcurrencyToken();
        builder.HasImportOrigin();
        builder.HasIndex(copy => copy.Barcode).IsUnique();
        // Few among many: what was added since the last sheet of labels.
        builder.HasIndex(copy => copy.Barcode, "IX_Copies_Unlabelled").HasFilter("\"LabelledAt\" IS NULL");
        builder.HasIndex(copy => new { copy.TitleId, copy.State });
    }
}
