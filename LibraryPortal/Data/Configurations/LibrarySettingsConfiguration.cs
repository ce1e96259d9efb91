using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LibraryPortal.Data.Configurations;

internal sealed class LibrarySettingsConfiguration : IEntityTypeConfiguration<LibrarySettings>
{
    public void Configure(EntityTypeBuilder<LibrarySettings> builder)
    {
        builder.ToTable("Settings");
        builder.Property(settings => settings.Id).ValueGeneratedNever();
        builder.Property(settings => settings.Name).HasMaxLength(LibrarySettings.MaxName);
        builder.Property(settings => settings.TimeZone).HasMaxLength(60);
        builder.Property(settings => settings.Opening).HasConversion(days => ToBits(days), bits => FromBits(bits));
        builder.Property(settings => settings.Version).IsConcurrencyToken();
        builder.HasData(new { Id = LibrarySettings.OnlyId, Name = "The library", Opening = OpeningDays.MondayToSaturday, HistoryDays = 30, Version = 0 });
    }

    /// <summary>Bit 0 is Sunday.</summary>
    static int ToBits(OpeningDays days) => days.Days.Aggregate(0, (bits, day) => bits | 1 << (int)day);

    static OpeningDays FromBits(int bits) => OpeningDays.Of(Enum.GetValues<DayOfWeek>().Where(day => (bits >> (int)day & 1) == 1)).Value!;
}
