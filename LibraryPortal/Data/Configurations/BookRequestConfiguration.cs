using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Configurations;

internal sealed class BookRequestConfiguration : IEntityTypeConfiguration<BookRequest>
{
    static readonly string Active = string.Join(", ", RequestStates.Active.Select(state => $"'{state}'"));

    public void Configure(EntityTypeBuilder<BookRequest> builder)
    {
        builder.ToTable("Requests");
        builder.Property(request => request.Id).ValueGeneratedNever();
        builder.Property(request => request.BookName).HasMaxLength(RequestedBook.MaxName);
        builder.Property(request => request.BookKey).HasMaxLength(RequestedBook.MaxName * 2);
        builder.Property(request => request.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(request => request.PausedFrom).HasConversion<string>().HasMaxLength(16);
        builder.Property(request => request.CancelledFrom).HasConversion<string>().HasMaxLength(16);
        builder.Property(request => request.DeclineReason).HasMaxLength(BookRequest.MaxReason);
        builder.Property(request => request.CancelReason).HasMaxLength(BookRequest.MaxReason);
        builder.Property(request => request.Version).IsConcurrencyToken();
        builder.Ignore(request => request.DisplayNumber);

        builder.HasOne<PortalUser>().WithMany().HasForeignKey(request => request.PatronId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Title>().WithMany().HasForeignKey(request => request.TitleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Copy>().WithMany().HasForeignKey(request => request.CopyId).OnDelete(DeleteBehavior.Restrict);

        builder.HasIndex(request => request.Number).IsUnique();
        builder.HasIndex(request => new { request.PatronId, request.Number });
        builder.HasIndex(request => new { request.State, request.Number });
        builder.HasIndex(request => new { request.TitleId, request.State, request.Number });

        // Nightly work asks for what is past its date, and for what still has a name.
        builder.HasIndex(request => new { request.State, request.ExpiresAt });
        builder.HasIndex(request => new { request.State, request.CollectBy });
        builder.HasIndex(request => new { request.State, request.PausedUntil });
        builder.HasIndex(request => request.ClosedAt, "ClosedWithName").HasFilter("\"PatronId\" IS NOT NULL AND \"ClosedAt\" IS NOT NULL");

        // What the rules promise holds in the database too, whatever races past them.
        builder.HasIndex(request => new { request.PatronId, request.TitleId }, "OneActiveRequestPerTitle").IsUnique()
            .HasFilter($"\"TitleId\" IS NOT NULL AND \"State\" IN ({Active})");
        builder.HasIndex(request => new { request.PatronId, request.BookKey }, "OneActiveRequestPerName").IsUnique()
            .HasFilter($"\"TitleId\" IS NULL AND \"State\" IN ({Active})");
        builder.HasIndex(request => request.CopyId, "OneReadyRequestPerCopy").IsUnique()
            .HasFilter($"\"State\" = '{RequestState.Ready}'");
    }
}
