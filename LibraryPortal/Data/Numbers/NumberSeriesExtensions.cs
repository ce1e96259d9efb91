using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Numbers;

/// <summary>Gives out human numbers.</summary>
public static class NumberSeriesExtensions
{
    /// <summary>The series of request numbers.</summary>
    public const string Requests = "requests";

    /// <summary>The series of generated barcodes.</summary>
    public const string Barcodes = "barcodes";

    /// <summary>The series of patrons' cards.</summary>
    public const string Cards = "cards";

    /// <summary>Takes numbers; they count as given out once the context is saved.</summary>
    /// <returns>The first of <paramref name="count"/> consecutive numbers.</returns>
    public static async Task<long> TakeNumbersAsync(this PortalDbContext database, string series, int count, CancellationToken cancellationToken)
    {
        var row = await database.NumberSeries.FindAsync([series], cancellationToken);
        if (row is null)
        {
            row = new NumberSeries { Name = series };
            database.NumberSeries.Add(row);
        }

        var first = row.Last + 1;
        row.Last += count;
        return first;
    }
}
