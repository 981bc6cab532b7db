"""A connection to Redis ≥ 7 or Valkey, alone or a cluster, that keeps what it acknowledges."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

import redis
from redis.backoff import EqualJitterBackoff
from redis.exceptions import RedisClusterException
from redis.retry import Retry

from bot.store.base import StorageError

TAG = "{madoguchi}"  # one hash tag in every key: a cluster keeps them together, so scripts may use them
FAULTS = (redis.RedisError, RedisClusterException)
_TIMEOUT = 2.0  # seconds for one call
_REPEATS = 3  # of a call whose answer was lost: every call may be repeated
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5  # seconds before a repeat
_WANTED = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}


def connect(url: str) -> Any:
    """The client for `url`. StorageError where the server would lose what it acknowledged; FAULTS
    where it does not answer.

    `?durable=no` in the URL accepts such a server all the same (for trying things out).
    """
    parts = urlsplit(url)
    bare = urlunsplit(parts._replace(query=""))
    settings: dict[str, Any] = {
        "decode_responses": True,
        "socket_timeout": _TIMEOUT,
        "socket_connect_timeout": _TIMEOUT,
        "retry": Retry(EqualJitterBackoff(cap=_LONGEST_PAUSE, base=_FIRST_PAUSE), _REPEATS),
    }
    # The client's types know bytes and text; with decode_responses it is text alone.
    faults = [redis.ConnectionError, redis.TimeoutError]
    client: Any = redis.Redis.from_url(bare, retry_on_error=faults, **settings)
    client.ping()
    if client.info("cluster").get("cluster_enabled"):
        client.close()
        client = redis.RedisCluster.from_url(bare, **settings)
    if parse_qs(parts.query).get("durable") != ["no"]:
        _refuse_forgetful(client, node_of(client))
    return client


def node_of(client: Any) -> dict[str, Any]:
    """For a command that is a server's and not a key's: the server of a cluster that has our keys."""
    is_cluster = isinstance(client, redis.RedisCluster)
    return {"target_nodes": client.get_node_from_key(TAG)} if is_cluster else {}


def _refuse_forgetful(client: Any, node: dict[str, Any]) -> None:
    wrong = [
        f"{name} {value}"
        for name, value in _WANTED.items()
        if client.config_get(name, **node).get(name) != value
    ]
    if wrong:
        raise StorageError("redis needs: " + ", ".join(wrong))
