using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Numbers;

internal sealed class NumberSeriesConfiguration : IEntityTypeConfiguration<NumberSeries>
{
    public void Configure(EntityTypeBuilder<NumberSeries> builder)
    {
        builder.HasKey(series => series.Name);
        builder.Property(series => series.Name).HasMaxLength(40);
        builder.Property(series => series.Last).IsConcurrencyToken();
    }
}
