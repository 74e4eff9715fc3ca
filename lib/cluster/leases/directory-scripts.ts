import { redisScript } from "../redis/script";

/**
 * The scripts of `Directory`. A bucket is one hash, so one key: name → the nodes that hold it, separated by spaces.
 * The field {@link EPOCH} is set when the bucket comes into being: with another value, what was there before is lost.
 *
 * Both answer one digit for each name: 0 nothing changed, 1 changed, 2 changed from nobody or to nobody.
 */

/** No name looks like this. */
export const EPOCH = "\u0000epoch";

/** KEYS bucket · ARGV node, epoch field, epoch if there is none yet, names … */
export const announceScript = redisScript(`
local node, answer = ARGV[1], {}
redis.call('HSETNX', KEYS[1], ARGV[2], ARGV[3])
for i = 4, #ARGV do
  local nodes = redis.call('HGET', KEYS[1], ARGV[i])
  if not nodes then
    redis.call('HSET', KEYS[1], ARGV[i], node)
    answer[#answer + 1] = '2'
  elseif string.find(' ' .. nodes .. ' ', ' ' .. node .. ' ', 1, true) then
    answer[#answer + 1] = '0'
  else
    redis.call('HSET', KEYS[1], ARGV[i], nodes .. ' ' .. node)
    answer[#answer + 1] = '1'
  end
end
return table.concat(answer)
`);

/** KEYS bucket · ARGV node, names … */
export const withdrawScript = redisScript(`
local node, answer = ARGV[1], {}
for i = 2, #ARGV do
  local nodes, others = redis.call('HGET', KEYS[1], ARGV[i]) or '', {}
  local found = false
  for other in string.gmatch(nodes, '%S+') do
    if other == node then found = true else others[#others + 1] = other end
  end
  if not found then
    answer[#answer + 1] = '0'
  elseif #others > 0 then
    redis.call('HSET', KEYS[1], ARGV[i], table.concat(others, ' '))
    answer[#answer + 1] = '1'
  else
    redis.call('HDEL', KEYS[1], ARGV[i])
    answer[#answer + 1] = '2'
  end
end
return table.concat(answer)
`);
