using LibraryPortal.Data.Numbers;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Notices;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Domain.Requests;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data;

/// <summary>The portal's database. Create one per operation from <see cref="IDbContextFactory{TContext}"/>; never keep one.</summary>
public abstract class PortalDbContext(DbContextOptions options) : IdentityDbContext<PortalUser>(options)
{
    public DbSet<Title> Titles => Set<Title>();

    public DbSet<Copy> Copies => Set<Copy>();

    public DbSet<BookRequest> Requests => Set<BookRequest>();

    public DbSet<Loan> Loans => Set<Loan>();

    public DbSet<NumberSeries> NumberSeries => Set<NumberSeries>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<ReportExport> ReportExports => Set<ReportExport>();

    // The schema with passkeys; set here because design-time contexts have no services to read it from.
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
    }
}
