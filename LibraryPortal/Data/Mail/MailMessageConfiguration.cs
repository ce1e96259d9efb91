using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Mail;

internal sealed class MailMessageConfiguration : IEntityTypeConfiguration<MailMessage>
{
    public void Configure(EntityTypeBuilder<MailMessage> builder)
    {
        builder.ToTable("Mail");
        builder.Property(mail => mail.To).HasMaxLength(320);
        builder.Property(mail => mail.Subject).HasMaxLength(300);
        builder.Property(mail => mail.Kind).HasMaxLength(64);
        builder.Property(mail => mail.Occasion).HasMaxLength(64);
        builder.Property(mail => mail.State).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(mail => mail.CreatedAt);
        builder.HasIndex(mail => mail.UserId);
    }
}
