using LibraryPortal.Domain.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Configurations;

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.Property(notice => notice.Id).ValueGeneratedNever();
        builder.Property(notice => notice.Kind).HasConversion<string>().HasMaxLength(32);
        builder.Property(notice => notice.Occasion).HasMaxLength(200);
        builder.Property(notice => notice.Text).HasMaxLength(1_000);
        builder.Property(notice => notice.Link).HasMaxLength(400);
        builder.Property(notice => notice.ApiLink).HasMaxLength(400);
        builder.HasIndex(notice => new { notice.UserId, notice.Occasion }).IsUnique();
        builder.HasIndex(notice => new { notice.UserId, notice.CreatedAt });
        builder.HasIndex(notice => notice.UserId).HasFilter("\"ReadAt\" IS NULL").HasDatabaseName("IX_Notices_Unread");
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(notice => notice.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
