using System.ComponentModel.DataAnnotations;

namespace LibraryPortal.Identity.Pages.Parts;

/// <summary>A form that asks for one e-mail address.</summary>
internal sealed class EmailInput
{
    [Required(ErrorMessage = "Type your e-mail address.")]
    [EmailAddress(ErrorMessage = "That is not an e-mail address.")]
    [StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters.")]
    public string? Email { get; set; }
}
