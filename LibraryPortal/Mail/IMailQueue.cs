using LibraryPortal.Data;

namespace LibraryPortal.Mail;

/// <summary>Takes mails as part of a change to the database.</summary>
public interface IMailQueue
{
    /// <summary>Adds the mail and its job to the context: both are there once it is saved, neither if it is not. Wake the relay afterwards
    /// (<see cref="Data.Outbox.OutboxSignal"/>).</summary>
    /// <returns>The id of the mail's row.</returns>
    /// <exception cref="ArgumentException">The address is not one address, or the subject is not one line.</exception>
    Task<Guid> AddAsync(PortalDbContext database, MailDraft draft);
}
