using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Imports;

/// <summary>Where a title or a copy came from: two numbers in columns of their own, so that a million rows cost no second table. The domain has no use for them.</summary>
public static class ImportOrigin
{
    /// <summary>The import that added it; null: none did.</summary>
    public const string Import = "ImportId";

    /// <summary>The row of the file it stands in first.</summary>
    public const string Row = "ImportRow";

    /// <summary>Marks a copy that is already in the context as brought by an import.</summary>
    public static void MarkImported(this PortalDbContext database, Copy copy, int importId, int row)
    {
        var entry = database.Entry(copy);
        entry.Property<int?>(Import).CurrentValue = importId;
        entry.Property<int?>(Row).CurrentValue = row;
    }

    internal static void HasImportOrigin<T>(this EntityTypeBuilder<T> builder) where T : class
    {
        builder.Property<int?>(Import);
        builder.Property<int?>(Row);
        builder.HasIndex(Import).HasFilter($"\"{Import}\" IS NOT NULL");
    }
}
