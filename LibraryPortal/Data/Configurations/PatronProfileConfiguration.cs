using LibraryPortal.Domain.Patrons;
using LibraryPortal.Domain.Policies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Configurations;

internal sealed class PatronProfileConfiguration : IEntityTypeConfiguration<PatronProfile>
{
    public void Configure(EntityTypeBuilder<PatronProfile> builder)
    {
        builder.ToTable("Patrons");
        builder.HasKey(patron => patron.UserId);
        builder.Property(patron => patron.CardNumber).HasMaxLength(CardNumber.MaxLength);
        builder.Property(patron => patron.Name).HasMaxLength(PatronProfile.MaxName);
        builder.Property(patron => patron.Category).HasMaxLength(PatronProfile.MaxCategory);
        builder.Property(patron => patron.BlockReason).HasMaxLength(PatronProfile.MaxBlockReason);
        builder.Property(patron => patron.Notes).HasMaxLength(PatronProfile.MaxNotes);
        builder.Property(patron => patron.Version).IsConcurrencyToken();
        builder.HasIndex(patron => patron.CardNumber).IsUnique();
        builder.HasIndex(patron => new { patron.FoldedName, patron.CardNumber });
        builder.HasOne<PortalUser>().WithOne().HasForeignKey<PatronProfile>(patron => patron.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<LendingPolicy>().WithMany().HasForeignKey(patron => patron.Category).OnDelete(DeleteBehavior.Restrict);
    }
}
