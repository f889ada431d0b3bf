// The steps that Redis does as one, in Lua. A record is a hash: `v` is its value, `g` the key of its
// group. A group is a sorted set of its records' keys, by the time they expire.
//
// Scripts also touch keys that they find in a record or a group, which a cluster only allows in the
// same slot; that is why all keys have one hash tag.

const shared = `
  local function milliseconds()
    local time = redis.call('TIME')
    return time[1] * 1000 + math.floor(time[2] / 1000)
  end

  -- Gives a record that is there its life, none if the time is over, and has its group live as long
  -- as the last of its records. What has expired leaves the group: it does not grow without end.
  local function live(key, ttl)
    local now = milliseconds()
    redis.call('PEXPIREAT', key, now + ttl)
    local group = redis.call('HGET', key, 'g')
    if group then
      redis.call('ZREMRANGEBYSCORE', group, '-inf', now)
      redis.call('ZADD', group, now + ttl, key)
      if redis.call('PTTL', group) < ttl then redis.call('PEXPIREAT', group, now + ttl) end
    end
  end

  local function delete(key)
    local group = redis.call('HGET', key, 'g')
    if group then redis.call('ZREM', group, key) end
    redis.call('DEL', key)
  end
`;

/** By name; KEYS[1] is the key of the record, group or counter, and times are milliseconds. */
export const scripts = {
  set: `${shared}
    delete(KEYS[1])
    redis.call('HSET', KEYS[1], 'v', ARGV[1])
    if ARGV[3] then redis.call('HSET', KEYS[1], 'g', ARGV[3]) end
    live(KEYS[1], tonumber(ARGV[2]))`,

  claim: `${shared}
    if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
    redis.call('HSET', KEYS[1], 'v', ARGV[1])
    live(KEYS[1], tonumber(ARGV[2]))
    return 1`,

  take: `${shared}
    local value = redis.call('HGET', KEYS[1], 'v')
    delete(KEYS[1])
    return value`,

  replace: `
    if redis.call('HGET', KEYS[1], 'v') == ARGV[1] then redis.call('HSET', KEYS[1], 'v', ARGV[2]) end`,

  renew: `${shared}
    if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then live(KEYS[1], tonumber(ARGV[1])) end`,

  delete: `${shared}
    delete(KEYS[1])`,

  release: `${shared}
    if redis.call('HGET', KEYS[1], 'v') == ARGV[1] then delete(KEYS[1]) end`,

  // A record may have expired, and may have been set again in another group.
  list: `
    local found = {}
    for _, key in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
      local record = redis.call('HMGET', key, 'g', 'v')
      if record[1] == KEYS[1] then
        found[#found + 1] = key
        found[#found + 1] = record[2]
      end
    end
    return found`,

  deleteGroup: `
    for _, key in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
      if redis.call('HGET', key, 'g') == KEYS[1] then redis.call('DEL', key) end
    end
    redis.call('DEL', KEYS[1])`,

  count: `
    local count = redis.call('INCR', KEYS[1])
    if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
    return { count, redis.call('PTTL', KEYS[1]) }`,
};
