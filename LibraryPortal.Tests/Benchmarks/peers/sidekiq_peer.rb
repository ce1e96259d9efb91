# Enqueues and drains no-op jobs with Sidekiq and prints one line of JSON.
# usage: ruby sidekiq_peer.rb PORT JOBS SLOTS
require "json"
require "redis"
require "sidekiq"

Redis.silence_deprecations = true # Sidekiq 6.4 predates redis 4.6

CALLERS = 64
port, jobs, slots = ARGV.map(&:to_i)
port = ENV["PEER_PORT"].to_i if ENV["PEER_PORT"]
url = { url: "redis://127.0.0.1:#{port}/0" }
# A connection for each caller.
Sidekiq.configure_client { |config| config.redis = url.merge(size: CALLERS) }
Sidekiq.configure_server { |config| config.redis = url }
Sidekiq.logger.level = Logger::ERROR

def clock = Process.clock_gettime(Process::CLOCK_MONOTONIC)

# Counts, in the worker's process, the jobs Sidekiq has run, and writes how long it took from the first to the last. Sidekiq tells Redis nothing when a job is over:
# it was taken off its list when it was fetched, so that a job that has run is a job that is done.
class Tally
  def initialize(expected, path)
    @left, @path, @gate = expected, path, Mutex.new
  end

  def begin = @gate.synchronize { @from ||= clock }

  def end = @gate.synchronize { File.write(@path, clock - @from) if (@left -= 1).zero? }
end

# Made anew for each job.
class Counted
  def initialize(tally)
    @tally = tally
  end

  def call(*)
    @tally.begin
    yield
    @tally.end
  end
end

class Noop
  include Sidekiq::Worker

  def perform(number); end
end

def rate(count, seconds) = (count / seconds).round

def timed(count)
  began = clock
  yield
  rate(count, clock - began)
end

# Sidekiq's worker process loads this same file with PEER_PORT set; only the producer goes on from here.
if ENV["PEER_PORT"]
  Sidekiq.configure_server { |config| config.server_middleware { |chain| chain.add Counted, Tally.new(ENV["PEER_JOBS"].to_i, ENV["PEER_FILE"]) } }
else
  store = Redis.new(**url)
  store.flushall
  bulk = timed(jobs) { (0...jobs).each_slice(1000) { |chunk| Sidekiq::Client.push_bulk("class" => Noop, "args" => chunk.map { |n| [n] }) } }

  file = File.join(ENV.fetch("TMPDIR", "/tmp"), "sidekiq-peer-#{Process.pid}")
  worker = spawn({ "PEER_PORT" => port.to_s, "PEER_JOBS" => jobs.to_s, "PEER_FILE" => file }, "sidekiq", "-c", slots.to_s, "-r", File.expand_path(__FILE__), out: File::NULL, err: File::NULL)
  until File.size?(file)
    sleep 0.01
    abort "Sidekiq ended before its jobs." if Process.wait(worker, Process::WNOHANG)
  end
  Process.kill("TERM", worker)
  Process.wait(worker)
  drain = rate(jobs, File.read(file).to_f)
  File.delete(file)

  half = jobs / 2
  callers = timed(half) { Array.new(CALLERS) { |i| Thread.new { (i...half).step(CALLERS) { |n| Noop.perform_async(n) } } }.each(&:join) }
  few = [jobs / 20, 10_000].min
  one = timed(few) { few.times { |n| Noop.perform_async(n) } }
  puts JSON.generate(
    peer: "Sidekiq #{Sidekiq::VERSION}", runtime: "Ruby #{RUBY_VERSION}", jobs: jobs, slots: "#{slots} threads in one process", bulk: bulk, callers64: callers, one: one, drain: drain)
end
