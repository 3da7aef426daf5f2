#!/bin/sh
# One backup: database, uploads, keys. As root, each night: /srv/site/deploy/backup.sh /var/backups/site [days to keep]
# Copy the folder to another machine afterwards; it holds personal data and the key, so keep it closed.
set -eu
umask 077
to=${1:?where to} keep=${2:-14}
env=${SITE_ENV:-/etc/site/env} media=${SITE_MEDIA:-/srv/site/var/media} private=${SITE_PRIVATE:-/srv/site/var/private}
url=$(sed -n 's/^DATABASE_URL=//p' "$env")
made=$to/$(date +%Y-%m-%d-%H%M)
mkdir -p "$made.part"
pg_dump --format=custom --file="$made.part/database.dump" "$url"
pg_restore --list "$made.part/database.dump" >/dev/null     # a dump that cannot be read is no backup
tar -C "$media" -czf "$made.part/media.tar.gz" .
[ ! -d "$private" ] || tar -C "$private" -czf "$made.part/private.tar.gz" .     # what learners handed in
cp "$env" "$made.part/env"
mv "$made.part" "$made"
find "$to" -mindepth 1 -maxdepth 1 -type d -name '20*' -mtime "+$keep" -exec rm -rf {} +
echo "$made"
