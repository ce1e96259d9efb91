using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Isbns;

internal sealed class TitleIsbnConfiguration : IEntityTypeConfiguration<TitleIsbn>
{
    public void Configure(EntityTypeBuilder<TitleIsbn> builder)
    {
        builder.ToTable("TitleIsbns");
        builder.HasKey(further => new { further.Isbn, further.TitleId });
        builder.Property(further => further.Isbn).HasMaxLength(13);
        builder.HasOne<Title>().WithMany().HasForeignKey(further => further.TitleId).OnDelete(DeleteBehavior.Cascade);
    }
}
