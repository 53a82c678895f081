"""What this machine may refuse, said in one sentence to the person who has to put it right."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SENTENCES = {
    "full": (
        "There is no space left for the data home {home}: free some space and start again.",
        "数据目录 {home} 所在的磁盘已满：请先腾出空间，再重新启动。",
    ),
    "read_only": (
        "The data home {home} lies on a read-only file system: set ANWEI_HOME to a folder that can be written.",
        "数据目录 {home} 位于只读文件系统：请用 ANWEI_HOME 指定一个可写的目录。",
    ),
    "forbidden": (
        "You may not write in {path}: run as the user it belongs to, or set ANWEI_HOME to a folder of your own.",
        "当前用户无权写入 {path}：请换成该目录的所有者运行，或用 ANWEI_HOME 指定自己的目录。",
    ),
    "unusable": (
        "The data home {home} cannot be used ({reason}): set ANWEI_HOME to another folder.",
        "数据目录 {home} 无法使用（{reason}）：请用 ANWEI_HOME 指定其他目录。",
    ),
    "unreachable": (
        "The account {account}, which runs the database, cannot reach {home}: set ANWEI_HOME to a folder whose parents "
        "everybody may enter and whose file system runs programs, or ANWEI_DB_ACCOUNT to another account.",
        "运行数据库的账户 {account} 无法访问 {home}：请用 ANWEI_HOME 指定一个各级上级目录都可进入、且允许执行程序的目录，"
        "或用 ANWEI_DB_ACCOUNT 换一个账户。",
    ),
    "account": (
        "The database cannot run as {account}: set ANWEI_DB_ACCOUNT to an existing account other than root.",
        "数据库不能以账户 {account} 运行：请把 ANWEI_DB_ACCOUNT 设为一个已存在且不是 root 的账户。",
    ),
    "owner": (
        "The data home {home} belongs to {owner}: run as {owner}, or set ANWEI_HOME to a folder of your own.",
        "数据目录 {home} 属于 {owner}：请以 {owner} 运行，或用 ANWEI_HOME 指定自己的目录。",
    ),
    "other_account": (
        "The database in {home} belongs to the account {owner}, not to {account}: set ANWEI_DB_ACCOUNT={owner}.",
        "{home} 中的数据库属于账户 {owner}，而不是 {account}：请设置 ANWEI_DB_ACCOUNT={owner}。",
    ),
    "foreign": (
        "The folder {path} was not made by this installation: remove it, or set ANWEI_HOME to a shorter path.",
        "目录 {path} 不是由本系统创建的：请删除它，或用 ANWEI_HOME 指定更短的路径。",
    ),
    "programs": (
        "The database programs are not installed: run `make setup`, or set DATABASE_URL to a PostgreSQL server.",
        "没有安装数据库程序：请运行 `make setup`，或用 DATABASE_URL 指定一个 PostgreSQL 服务器。",
    ),
    "version": (
        "The data in {home} was written by PostgreSQL {found}, the programs are {wanted}: move it over with a dump first.",
        "{home} 中的数据由 PostgreSQL {found} 写入，而程序版本是 {wanted}：请先导出再导入数据。",
    ),
    "passwords": (
        "The passwords of the database are missing or damaged: put {path} back from a backup.",
        "数据库的口令文件缺失或损坏：请从备份恢复 {path}。",
    ),
    "busy": (
        "Another process has been starting or stopping the database in {home} for {seconds} seconds: wait, or end that process.",
        "另一个进程正在启动或停止 {home} 中的数据库，已超过 {seconds} 秒：请稍候，或结束那个进程。",
    ),
    "failed": (
        "The database in {home} did not start ({reason}): see {log}.",
        "{home} 中的数据库未能启动（{reason}）：详见 {log}。",
    ),
}


class EnvironmentRefusal(Exception):
    """The machine lacks something; commands end with exit code 3."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self._english, self._chinese = (text.format(**facts) for text in SENTENCES[code])
        super().__init__(self._english)

    def sentence(self, lang: str) -> str:
        """Return the sentence in Chinese for `zh…`, else in English."""
        return self._chinese if lang.startswith("zh") else self._english


@contextmanager
def refusing(home: Path) -> Iterator[None]:
    """Turn what the system says about files of the data home into a refusal."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise EnvironmentRefusal("full", home=home) from error
        if error.errno == errno.EROFS:
            raise EnvironmentRefusal("read_only", home=home) from error
        if error.errno in (errno.EACCES, errno.EPERM):
            raise EnvironmentRefusal("forbidden", path=error.filename or home) from error
        raise EnvironmentRefusal("unusable", home=home, reason=error.strerror or error) from error


def failure(home: Path, log: Path, said: str) -> EnvironmentRefusal:
    """Return the refusal for a database program that ended early, by what it said last."""
    if "No space left on device" in said:
        return EnvironmentRefusal("full", home=home)
    telling = re.findall(r"(?:FATAL|PANIC|[Ee]rror): +(.+)", said) or re.findall(r"\S.*", said) or ["—"]
    return EnvironmentRefusal("failed", home=home, log=log, reason=telling[-1].strip())
