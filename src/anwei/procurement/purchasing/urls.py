from django.urls import path

from anwei.procurement.purchasing.views import bills, buying, inspection, orders, receiving

app_name = "purchasing"
urlpatterns = [
    path("demands/", buying.demands, name="demands"),
    path("demands/order/", buying.make, name="make"),
    path("made/", buying.made, name="made"),
    path("", orders.order_list, name="orders"),
    path("<uuid:id>/", orders.order, name="order"),
    path("<uuid:id>/send/", orders.send_order, name="send"),
    path("<uuid:id>/approval/", orders.ask_approval, name="ask_approval"),
    path("<uuid:id>/chase/", orders.chase_order, name="chase"),
    path("<uuid:id>/promise/", orders.promise_order, name="promise"),
    path("<uuid:id>/end/", orders.end_order, name="end"),
    path("<uuid:id>/lines/<uuid:line>/", orders.line, name="line"),
    path("<uuid:id>/receive/", receiving.receive_page, name="receive"),
    path("receipts/", inspection.to_inspect_list, name="to_inspect"),
    path("receipts/<uuid:id>/", inspection.inspect_page, name="inspect"),
    path("inspections/<uuid:id>/back/", inspection.back, name="send_back"),
    path("invoices/", bills.bill_list, name="bills"),
    path("invoices/enter/", bills.choose, name="choose_supplier"),
    path("invoices/enter/<uuid:id>/", bills.enter, name="enter_bill"),
    path("invoices/<uuid:id>/", bills.bill, name="bill"),
    path("invoices/<uuid:id>/difference/", bills.propose_difference, name="propose_difference"),
    path("invoices/<uuid:id>/back/", bills.back, name="bill_back"),
    path("on-supplier/<uuid:id>/", orders.on_supplier, name="on_supplier"),
    path("on-part/<uuid:id>/", orders.on_part, name="on_part"),
]
