import { redisScript } from "../redis/script";

/**
 * The scripts of `Membership`. All their keys carry the hash tag `{nodes}`, so they lie in one slot. Time is that of
 * Redis (`TIME`), never a node's.
 *
 * - `leases`: sorted set, node → when its lease ends, in milliseconds
 * - `info`: hash, node → what it says of itself, as JSON
 * - `unsettled`: set of nodes that have not yet announced all they hold
 * - `lapsed`: sorted set, node that is gone → when somebody may sweep up after it
 * - `terms`: text on which all live nodes agree
 */

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/**
 * Ends leases that are over, renews or begins this node's, and answers how things stand.
 *
 * KEYS leases info unsettled lapsed terms · ARGV node, lease ms, terms, info, settled (0|1), joining (0|1), sweep after
 * ms, claim ms · answers { state, live nodes, unsettled nodes, nodes to sweep }.
 *
 * A lease that ends further away than two leases from now was given before the clock of Redis went back: it counts
 * as over, its node begins anew. A node is handed out for sweeping to one caller; when that one does not report success
 * within the claim, to another.
 */
export const beatScript = redisScript(`${NOW}
local node, lease, terms, info = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local settled, joining = ARGV[5] == '1', ARGV[6] == '1'
local over = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now + 2 * lease), '+inf')) do over[#over + 1] = id end
for _, id in ipairs(over) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
  redis.call('SREM', KEYS[3], id)
  redis.call('ZADD', KEYS[4], now + ARGV[7], id)
end
local state = 'held'
if joining then
  local agreed = redis.call('GET', KEYS[5])
  if agreed and agreed ~= terms and redis.call('ZCARD', KEYS[1]) > 0 then return { 'refused', agreed } end
  state = 'joined'
elseif not redis.call('ZSCORE', KEYS[1], node) then
  return { 'lost' }
end
redis.call('SET', KEYS[5], terms)
redis.call('ZADD', KEYS[1], now + lease, node)
redis.call('HSET', KEYS[2], node, info)
redis.call(settled and 'SREM' or 'SADD', KEYS[3], node)
local sweep = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', now, 'LIMIT', 0, 8)
for _, id in ipairs(sweep) do redis.call('ZADD', KEYS[4], now + ARGV[8], id) end
return { state, redis.call('ZRANGE', KEYS[1], 0, -1), redis.call('SMEMBERS', KEYS[3]), sweep }
`);

/**
 * Ends this node's lease; what it may have left behind is swept at once by whoever comes next.
 * KEYS leases info unsettled lapsed · ARGV node.
 */
export const leaveScript = redisScript(`${NOW}
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('SREM', KEYS[3], ARGV[1])
redis.call('ZADD', KEYS[4], now, ARGV[1])
`);

/**
 * Has nodes swept that somebody came across and that hold no lease.
 * KEYS leases lapsed · ARGV sweep after ms, nodes … · answers those of them that hold no lease.
 */
export const reportStrayScript = redisScript(`${NOW}
local strays = {}
for i = 2, #ARGV do
  if not redis.call('ZSCORE', KEYS[1], ARGV[i]) then
    redis.call('ZADD', KEYS[2], 'NX', now + ARGV[1], ARGV[i])
    strays[#strays + 1] = ARGV[i]
  end
end
return strays
`);
