"""The scripts of the lanes: each changes what it changes whole, and may be repeated.

`ADMIT` knows its request again; the others hold a token that only one worker has.
"""

# KEYS: seen, lane, waiting, shape, message. ARGV: request, ticket, user, at, seconds, shape, its seconds.
ADMIT = """
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'EX', ARGV[5]) then
    return redis.call('GET', KEYS[1]) == ARGV[1] and 1 or 0
end
redis.call('RPUSH', KEYS[2], ARGV[2])
redis.call('ZADD', KEYS[3], 'NX', ARGV[4], ARGV[3])
redis.call('SET', KEYS[5], ARGV[3], 'EX', ARGV[5])
redis.call('HSET', KEYS[4], 'shape', ARGV[6], 'shaped', ARGV[4])
redis.call('EXPIRE', KEYS[4], ARGV[7])
return 1
"""
# KEYS: lane, lease, waiting. ARGV: token, milliseconds, user.
# A lane may be empty because its only message was unsent: then nobody waits.
TAKE = """
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[1] then return false end
local ticket = redis.call('LINDEX', KEYS[1], 0)
if ticket then
    redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
else
    redis.call('ZREM', KEYS[3], ARGV[3])
end
return ticket
"""
# KEYS: lane, lease, waiting, talk, what lasts, notices, their dues.
# ARGV: token, ticket, user, talk, now, its seconds, what lasts, its seconds, the notices that were told.
FINISH = """
for i = 9, #ARGV do
    redis.call('HDEL', KEYS[6], ARGV[i])
    redis.call('ZREM', KEYS[7], ARGV[i])
end
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[2])
if redis.call('LINDEX', KEYS[1], 0) == ARGV[2] then
    redis.call('LPOP', KEYS[1])
    redis.call('HSET', KEYS[4], 'talk', ARGV[4], 'touched', ARGV[5])
    redis.call('EXPIRE', KEYS[4], ARGV[6])
    redis.call('SET', KEYS[5], ARGV[7], 'EX', ARGV[8])
end
if redis.call('LLEN', KEYS[1]) == 0 then redis.call('ZREM', KEYS[3], ARGV[3]) end
return 1
"""
# KEYS: waiting, room, then each user's person and lane. ARGV: users.
FORGET = """
for i = 2, #KEYS do redis.call('DEL', KEYS[i]) end
for _, user in ipairs(ARGV) do redis.call('ZREM', KEYS[1], user) end
"""
# KEYS: lease. ARGV: token.
RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"
# KEYS: lease. ARGV: token, milliseconds.
KEEP = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end"
