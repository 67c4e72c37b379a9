#!/bin/bash
# Runs Xunsai with nginx in front of it, on this machine, until Ctrl-C:
#   PORT=8080 deploy/run.sh
# An empty database is filled with the demonstration first. Everything written goes to
# var/. Other settings, all optional:
#   LISTEN   the address to listen on (default 127.0.0.1; 0.0.0.0 lets other machines in)
#   DATA, PROGRAM, WEB, NGINX   other places than var, build/xunsai, build/web, nginx
# shellcheck disable=SC2317  # what the traps call is reached
set -eu
umask 077
cd "$(dirname "$0")/.."
root=$PWD
PATH=$PATH:/usr/sbin:/sbin

port=${PORT:-8080}
listen=${LISTEN:-127.0.0.1}
data=${DATA:-$root/var}
program=${PROGRAM:-$root/build/xunsai}
web=${WEB:-$root/build/web}
nginx=${NGINX:-nginx}
run=$data/nginx
least_free_kb=20000
patience_s=15

program_pid=
nginx_pid=

fail() {
    echo "训赛无法启动：$*" >&2
    exit 1
}

# ---- Before anything is started ----

check_settings() {
    case $port in
    '' | *[!0-9]*) fail "端口号 PORT=$port 不是数字" ;;
    esac
    if [ "$port" -lt 1 ] || [ "$port" -gt 65535 ]; then
        fail "端口号 PORT=$port 超出 1–65535"
    fi
    [ -x "$program" ] || fail "找不到程序 $program，请先运行 make"
    [ -e "$web/index.html" ] || fail "找不到网页 $web，请先运行 make"
    command -v "$nginx" >/dev/null 2>&1 || fail "找不到 nginx，请先运行 make deps"
}

# Somebody answers there already. (A port that is taken and silent shows later, when
# nginx cannot bind it.)
check_port() {
    if (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        fail "端口 $port 已被其他程序占用，请换一个：make run PORT=$((port + 1))"
    fi
}

check_disk() {
    mkdir -p "$data" 2>/dev/null || fail "无法建立数据目录 $data（没有权限，或磁盘只读）"
    data=$(cd "$data" && pwd)
    run=$data/nginx
    local free_kb
    free_kb=$(df -Pk "$data" | awk 'NR == 2 { print $4 }')
    if [ "$free_kb" -lt $least_free_kb ]; then
        fail "磁盘已满：$data 只剩 $((free_kb / 1024)) MB，至少需要 $((least_free_kb / 1000)) MB"
    fi
    if ! { mkdir -p "$run" && : >"$run/.writable"; } 2>/dev/null; then
        fail "数据目录 $data 不能写入（没有权限，或磁盘只读）"
    fi
    rm -f "$run/.writable"
    if [ -e "$data/xunsai.db" ] && [ ! -w "$data/xunsai.db" ]; then
        fail "数据库 $data/xunsai.db 是只读的"
    fi
}

# What the program said when it gave up: the last line that begins with its name, from
# byte $2 of the log on.
last_words() {
    tail -c "+$2" "$1" | sed -n 's/^xunsai: //p' | tail -n 1
}

# Filled apart and moved at the end, the database last: a filling that was interrupted
# leaves nothing that could be taken for a district.
fill_demonstration() {
    [ ! -e "$data/xunsai.db" ] || return 0
    local filling=$data/filling
    rm -rf "$filling"
    mkdir "$filling"
    echo "正在准备演示数据……"
    if ! "$program" demo --data "$filling" --courses courses --quizzes quizzes >"$run/demo.log" 2>&1; then
        fail "演示数据没有生成：$(last_words "$run/demo.log" 1)（详见 $run/demo.log）"
    fi
    find "$filling" -mindepth 1 -maxdepth 1 ! -name xunsai.db -exec mv -f {} "$data/" \;
    mv "$filling/xunsai.db" "$data/"
    rmdir "$filling"
}

# ---- Starting ----

# The two servers get a session of their own, so that Ctrl-C reaches only this script,
# which stops them in order; should the script itself be killed, they end as well.
start() {
    setsid setpriv --pdeathsig TERM "$@" &
}

# A parked request holds a file in the program and two in nginx.
raise_file_limit() {
    local hard
    hard=$(ulimit -Hn)
    if [ "$hard" = unlimited ] || [ "$hard" -gt 65536 ]; then
        hard=65536
    fi
    ulimit -Sn "$hard"
}

start_program() {
    touch "$data/xunsai.log"
    log_start=$(($(wc -c <"$data/xunsai.log") + 1))
    start "$program" serve --data "$data" --courses courses --quizzes quizzes 2>>"$data/xunsai.log"
    program_pid=$!
}

start_nginx() {
    local addresses="listen $listen:$port;"
    # Browsers may take "localhost" for ::1.
    if [ "$listen" = 127.0.0.1 ] && grep -q '^0\{31\}1 ' /proc/net/if_inet6 2>/dev/null; then
        addresses="$addresses listen [::1]:$port;"
    fi
    echo "$addresses" >"$run/listen.conf"
    deploy/nginx/render.sh "$(id -un)" "$data/xunsai.sock" "$web" "$run" "$run" \
        >"$run/nginx.conf" || fail "nginx 的配置没有写成"
    : >"$run/start.log"
    start "$nginx" -p "$run" -c "$run/nginx.conf" -e stderr -g 'daemon off;' \
        2>>"$run/start.log"
    nginx_pid=$!
}

alive() {
    [ -n "$1" ] && kill -0 "$1" 2>/dev/null
}

# GET through nginx, without another tool: prints the answer, head and body.
get() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$port"
        printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
        cat <&3
    ) 2>/dev/null || true
}

check_alive() {
    if ! alive "$program_pid"; then
        fail "程序没有运行：$(last_words "$data/xunsai.log" "$log_start")（详见 $data/xunsai.log）"
    fi
    if ! alive "$nginx_pid"; then
        if grep -q 'Address already in use' "$run/start.log"; then
            fail "端口 $port 已被其他程序占用，请换一个：make run PORT=$((port + 1))"
        elif grep -q 'bind() .*Permission denied' "$run/start.log"; then
            fail "没有权限使用端口 $port，请用 1024 以上的端口"
        fi
        fail "nginx 没有运行：$(grep -m 1 'emerg' "$run/start.log")"
    fi
}

wait_until_ready() {
    local until=$((SECONDS + patience_s))
    while ! get /healthz | grep -q '"status":"ok"'; do
        check_alive
        [ $SECONDS -lt $until ] || fail "$patience_s 秒内没有应答（详见 $data/xunsai.log 和 $run/error.log）"
        sleep 0.1
    done
}

# ---- Telling ----

announce() {
    local address="http://$listen:$port/" accounts=
    # Asked first: who waits for the line below may read on at once.
    if get /api/site | grep -q '"demonstration":true'; then
        accounts=yes
    fi
    if [ "$listen" = 127.0.0.1 ] || [ "$listen" = 0.0.0.0 ]; then
        address="http://localhost:$port/"
    fi
    echo
    echo "训赛已启动：$address        （按 Ctrl-C 停止）"
    if [ -n "$accounts" ]; then
        cat <<TABLE

演示账号，密码都是 xunsai2020

  身份        工号            页面
  ────────────────────────────────────────────────────
  小区专员    zy0101          学习和测验（也是参赛选手）
  小区专员    zy0102          学习和测验
  分会场监考  jk01 … jk10     本街道的成绩
  评委        pw01 … pw07     评分
  裁判长      cpz01           赛场总览
  监督        jd01            成绩与记录
  主持        zc01            抽签、上台、揭晓
  组织者      zz01            合成成绩、排名、导出
  大屏        不用登录        ${address}screen/
TABLE
    fi
    echo
}

# ---- Stopping ----

wait_at_most() {
    local tenths=$(($2 * 10))
    while alive "$1" && [ "$tenths" -gt 0 ]; do
        sleep 0.1
        tenths=$((tenths - 1))
    done
}

# nginx takes no more requests; the program answers what it has; then both are gone.
stop() {
    trap '' INT TERM HUP
    ! alive "$nginx_pid" || kill -QUIT "$nginx_pid"
    ! alive "$program_pid" || kill -TERM "$program_pid"
    wait_at_most "$program_pid" 10
    ! alive "$program_pid" || kill -KILL "$program_pid"
    wait_at_most "$nginx_pid" 1
    ! alive "$nginx_pid" || kill -TERM "$nginx_pid"
    wait
}

leave() {
    echo
    echo "正在停止……"
    exit 0
}

check_settings
check_port
check_disk
trap stop EXIT
trap leave INT TERM HUP
fill_demonstration
raise_file_limit
start_program
start_nginx
wait_until_ready
announce

status=0
wait -n "$program_pid" "$nginx_pid" || status=$?
alive "$program_pid" || fail "程序已退出（状态 $status）：$(last_words "$data/xunsai.log" "$log_start")"
fail "nginx 已退出（状态 $status），详见 $run/error.log"
