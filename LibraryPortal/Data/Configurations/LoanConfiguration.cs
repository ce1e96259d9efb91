using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Configurations;

internal sealed class LoanConfiguration : IEntityTypeConfiguration<Loan>
{
    public void Configure(EntityTypeBuilder<Loan> builder)
    {
        builder.Property(loan => loan.Id).ValueGeneratedNever();
        builder.Property(loan => loan.Version).IsConcurrencyToken();
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(loan => loan.PatronId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Copy>().WithMany().HasForeignKey(loan => loan.CopyId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<BookRequest>().WithMany().HasForeignKey(loan => loan.RequestId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(loan => new { loan.PatronId, loan.ReturnedAt });
        builder.HasIndex(loan => loan.DueAt);
        builder.HasIndex(loan => new { loan.CopyId, loan.LentAt });
        builder.HasIndex(loan => loan.ReturnedAt, "ReturnedWithName").HasFilter("\"PatronId\" IS NOT NULL AND \"ReturnedAt\" IS NOT NULL");
        builder.HasIndex(loan => loan.RequestId).IsUnique();
        builder.HasIndex(loan => loan.CopyId, "OneActiveLoanPerCopy").IsUnique().HasFilter("\"ReturnedAt\" IS NULL");
    }
}
