# Enqueues and drains no-op jobs with Sidekiq and prints one line of JSON.
# usage: ruby sidekiq_peer.rb PORT JOBS SLOTS
require "json"
require "redis"
require "sidekiq"

Redis.silence_deprecations = true # Sidekiq 6.4 predates redis 4.6

port, jobs, slots = ARGV.map(&:to_i)
port = ENV["PEER_PORT"].to_i if ENV["PEER_PORT"]
url = { url: "redis://127.0.0.1:#{port}/0" }
Sidekiq.configure_client { |config| config.redis = url }
Sidekiq.configure_server { |config| config.redis = url }
Sidekiq.logger.level = Logger::ERROR

class Noop
  include Sidekiq::Worker

  def perform(number); end
end

def clock = Process.clock_gettime(Process::CLOCK_MONOTONIC)

def rate(count, seconds) = (count / seconds).round

# Sidekiq's worker process loads this same file with PEER_PORT set; only the producer goes on from here.
unless ENV["PEER_PORT"]
  store = Redis.new(**url)
  store.flushall
  began = clock
  (0...jobs).each_slice(1000) { |chunk| Sidekiq::Client.push_bulk("class" => Noop, "args" => chunk.map { |n| [n] }) }
  bulk = rate(jobs, clock - began)

  worker = spawn({ "PEER_PORT" => port.to_s }, "sidekiq", "-c", slots.to_s, "-r", File.expand_path(__FILE__), out: File::NULL, err: File::NULL)
  sleep 0.001 while store.llen("queue:default") >= jobs # the worker still starts
  began = clock
  sleep 0.001 while store.llen("queue:default").positive?
  drain = rate(jobs, clock - began)
  Process.kill("TERM", worker)
  Process.wait(worker)

  few = [jobs, 20_000].min
  began = clock
  few.times { |n| Noop.perform_async(n) }
  one = rate(few, clock - began)
  puts JSON.generate(peer: "Sidekiq #{Sidekiq::VERSION}", jobs: jobs, slots: slots, bulk: bulk, one: one, drain: drain)
end
