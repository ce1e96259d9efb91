using LibraryPortal.Data.Imports;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Configurations;

internal sealed class TitleConfiguration : IEntityTypeConfiguration<Title>
{
    public void Configure(EntityTypeBuilder<Title> builder)
    {
        builder.Property(title => title.Name).HasMaxLength(Title.MaxName);
        builder.Property(title => title.Subtitle).HasMaxLength(Title.MaxName);
        builder.Property(title => title.OriginalName).HasMaxLength(Title.MaxName);
        builder.Property(title => title.Series).HasMaxLength(Title.MaxName);
        builder.Property(title => title.Language).HasMaxLength(8);
        builder.Property(title => title.Isbn10).HasMaxLength(10);
        builder.Property(title => title.Isbn13).HasMaxLength(13);
        builder.Property(title => title.Description).HasMaxLength(Title.MaxDescription);
        builder.Property(title => title.Edition).HasMaxLength(Title.MaxName);
        builder.Property(title => title.Publisher).HasMaxLength(Title.MaxName);
        builder.Property(title => title.PublicationPlace).HasMaxLength(Title.MaxName);
        builder.Property(title => title.Extent).HasMaxLength(Title.MaxName);
        builder.Property(title => title.ScriptName).HasMaxLength(Title.MaxName);
        builder.Property(title => title.ScriptAuthor).HasMaxLength(Title.MaxName);
        builder.Property(title => title.Names).HasConversion(new JsonListConverter<BibliographicName>(), new JsonListComparer<BibliographicName>());
        builder.Property(title => title.Links).HasConversion(new JsonListConverter<BibliographicLink>(), new JsonListComparer<BibliographicLink>());
        builder.Property(title => title.FurtherIsbns).HasConversion(new JsonListConverter<string>(), new JsonListComparer<string>());
        builder.Property(title => title.FurtherSeries).HasConversion(new JsonListConverter<string>(), new JsonListComparer<string>());
        builder.PrimitiveCollection(title => title.Authors);
        builder.PrimitiveCollection(title => title.Subjects);
        builder.Ignore(title => title.Details);
        builder.HasImportOrigin();
        builder.Property(title => title.AuthorKey).HasDefaultValue("");
        builder.HasIndex(title => title.SortKey);
        builder.HasIndex(title => new { title.AuthorKey, title.SortKey });
        builder.HasIndex(title => new { title.Year, title.SortKey }).IsDescending(true, false);
        builder.HasIndex(title => title.IdentityKey);
        builder.HasIndex(title => title.Isbn13);
        builder.HasIndex(title => title.AddedAt);
        builder.HasMany(title => title.Copies).WithOne().HasForeignKey(copy => copy.TitleId).OnDelete(DeleteBehavior.Restrict);
        builder.Navigation(title => title.Copies).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}
