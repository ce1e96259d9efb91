using LibraryPortal.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Outbox;

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.Property(message => message.JobId).HasConversion(id => id.Value, value => new JobId(value));
        builder.HasIndex(message => message.JobId);
        builder.Property(message => message.Kind).HasConversion<string>().HasMaxLength(16);
    }
}
