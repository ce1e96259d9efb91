using LibraryPortal.Data.Accounts;
using LibraryPortal.Data.Isbns;
using LibraryPortal.Data.JobEffects;
using LibraryPortal.Data.JobHistory;
using LibraryPortal.Data.Mail;
using LibraryPortal.Data.Numbers;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Notices;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Domain.Policies;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Settings;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace LibraryPortal.Data;

/// <summary>The portal's database. Create one per operation from <see cref="IDbContextFactory{TContext}"/>; never keep one.</summary>
public abstract class PortalDbContext(DbContextOptions options) : IdentityDbContext<PortalUser>(options)
{
    public DbSet<Title> Titles => Set<Title>();

    /// <summary>Further ISBNs, to find titles by; the titles themselves have them too.</summary>
    public DbSet<TitleIsbn> TitleIsbns => Set<TitleIsbn>();

    public DbSet<Copy> Copies => Set<Copy>();

    public DbSet<TitleCover> Covers => Set<TitleCover>();

    public DbSet<BookRequest> Requests => Set<BookRequest>();

    public DbSet<Loan> Loans => Set<Loan>();

    public DbSet<PatronProfile> Patrons => Set<PatronProfile>();

    public DbSet<LendingPolicy> LendingPolicies => Set<LendingPolicy>();

    public DbSet<LibrarySettings> Settings => Set<LibrarySettings>();

    public DbSet<Closure> Closures => Set<Closure>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<ImportBatch> Imports => Set<ImportBatch>();

    public DbSet<ImportedItem> ImportedItems => Set<ImportedItem>();

    public DbSet<NumberSeries> NumberSeries => Set<NumberSeries>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<JobHistoryEntry> JobHistory => Set<JobHistoryEntry>();

    public DbSet<JobEffect> JobEffects => Set<JobEffect>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<ReportExport> ReportExports => Set<ReportExport>();

    public DbSet<MailMessage> Mail => Set<MailMessage>();

    // The framework reads the version of its tables (3: with passkeys) from the services of the context, and some contexts have none: dotnet ef's and a test's.
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (optionsBuilder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is null)
            optionsBuilder.UseApplicationServiceProvider(IdentitySchema.Services);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
    }
}
