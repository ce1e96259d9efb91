using LibraryPortal.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Configurations;

// No foreign keys: what happened stays readable when what it happened to is gone.
internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("Audit");
        builder.Property(entry => entry.ActorName).HasMaxLength(AuditEntry.MaxName);
        builder.Property(entry => entry.Action).HasMaxLength(AuditEntry.MaxAction);
        builder.Property(entry => entry.SubjectKind).HasConversion(kind => kind.ToString(), word => Read(word)).HasMaxLength(16);
        builder.Property(entry => entry.SubjectId).HasMaxLength(64);
        builder.Property(entry => entry.SubjectName).HasMaxLength(AuditEntry.MaxName);
        builder.Property(entry => entry.Reason).HasMaxLength(AuditEntry.MaxReason);
        builder.HasIndex(entry => new { entry.SubjectKind, entry.SubjectId, entry.Id });
        builder.HasIndex(entry => new { entry.ActorId, entry.Id });
        builder.HasIndex(entry => entry.At);
    }

    // A later version of the program may write beside this one, or have written before it.
    static AuditSubject Read(string word) => Enum.TryParse<AuditSubject>(word, out var kind) && Enum.IsDefined(kind) ? kind : AuditSubject.Other;
}
