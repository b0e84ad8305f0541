"""Papers that are written and whose version cannot be kept, as where the store may only be read."""

from returnplan.model.texts import Text


def not_kept(why: Text) -> Text:
    """Return that papers are written, and that the next ones will have the same version."""
    return Text(
        f"名单已写出，但版号没有记下：{why.zh}。下次写出的名单会再用这个版号",
        f"the papers are written, but their version is not kept: {why.en}. The next ones will have it again",
    )
