using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Configurations;

internal sealed class TitleCoverConfiguration : IEntityTypeConfiguration<TitleCover>
{
    public void Configure(EntityTypeBuilder<TitleCover> builder)
    {
        builder.ToTable("TitleCovers");
        builder.HasKey(cover => cover.TitleId);
        builder.Property(cover => cover.TitleId).ValueGeneratedNever();
        builder.Property(cover => cover.File).HasMaxLength(80);
        builder.Property(cover => cover.UploadedBy).HasMaxLength(450);
        builder.HasOne<Title>().WithOne().HasForeignKey<TitleCover>(cover => cover.TitleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(cover => cover.File);
    }
}
