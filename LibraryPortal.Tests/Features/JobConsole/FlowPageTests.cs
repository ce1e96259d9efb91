using System.Security.Claims;
using LibraryPortal.Features.JobConsole;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Live;
using LibraryPortal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using FlowPage = LibraryPortal.Features.JobConsole.FlowPage;

namespace LibraryPortal.Tests.Features.JobConsole;

/// <summary>The page of one flow, while its address changes.</summary>
public sealed class FlowPageTests : IAsyncLifetime
{
    readonly IJobInspector _inspector = Substitute.For<IJobInspector>();
    TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task AReadForTheFlowLeftBehind_DoesNotShowItAgain()
    {
        var (left, shown) = (FlowId.New(), FlowId.New());
        var slow = new TaskCompletionSource<FlowTree?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _inspector.FindFlowAsync(left, Arg.Any<CancellationToken>()).Returns(slow.Task);
        _inspector.FindFlowAsync(shown, Arg.Any<CancellationToken>()).Returns(Tree(shown, "the one shown"));
        _inspector.ListFlowJobsAsync(default).ReturnsForAnyArgs([]);
        await using var renderer = new ComponentRenderer(configure: services => services
            .AddSingleton(new InspectFlows(_inspector, _database.Contexts))
            .AddSingleton(new SteerFlow(new AuditedFlows(_inspector, new SteeringRecord(null, TimeProvider.System, NullLogger<SteeringRecord>.Instance))))
            .AddSingleton<ILiveBoard>(new LiveBoard(NullLogger<LiveBoard>.Instance)));
        Address? address = null;

        var html = renderer.HtmlAsync<Address>(("Id", left.ToString()), ("Ready", (Action<Address>)(ready => address = ready)));
        await Eventually.HoldsAsync("the first read", () => _inspector.ReceivedCalls().Any());
        await address!.GoAsync(shown.ToString());
        slow.SetResult(Tree(left, "the one left behind"));

        Assert.Contains("the one shown", await html, StringComparison.Ordinal);
        Assert.DoesNotContain("the one left behind", await html, StringComparison.Ordinal);
    }

    static FlowTree Tree(FlowId id, string name) => new(
        new FlowRecord { Id = id, Name = name, OnFailure = FlowFailure.GoOn, State = FlowState.Running, Total = 1, AcceptedAt = DateTimeOffset.UnixEpoch }, new FlowNode(FlowNodeKind.Jobs, 0, 1, []));

    sealed class Address : ComponentBase
    {
        static readonly Task<AuthenticationState> Admin = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, "anna"), new Claim(ClaimTypes.Role, Roles.Admin)], "test"))));

        [Parameter]
        public string Id { get; set; } = "";

        [Parameter]
        public Action<Address> Ready { get; set; } = static _ => { };

        public Task GoAsync(string id) => InvokeAsync(() =>
        {
            Id = id;
            StateHasChanged();
        });

        protected override void OnInitialized() => Ready(this);

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<CascadingValue<Task<AuthenticationState>>>(0);
            builder.AddAttribute(1, "Value", Admin);
            builder.AddAttribute(2, "ChildContent", (RenderFragment)(content =>
            {
                content.OpenComponent<FlowPage>(0);
                content.AddAttribute(1, "Id", Id);
                content.CloseComponent();
            }));
            builder.CloseComponent();
        }
    }
}
